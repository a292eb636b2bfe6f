/** Instead of `gates.js`, in a build without gates. */

export function isGate() {
  return false;
}

export function unlock() {}
