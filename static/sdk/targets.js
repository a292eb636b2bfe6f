/** What takes targeting objects where the feature that does is left out: nothing is. */
export const targeted = {};
