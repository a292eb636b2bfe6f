import js from "@eslint/js";
import globals from "globals";

// What a page's policy may forbid, or the linker cannot read: named here so that the linter finds it, and used nowhere.
const policy = [
  { selector: "MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]", message: "Build nodes; a page's policy may forbid markup strings." },
  { selector: "CallExpression[callee.property.name='write'][callee.object.name='document']", message: "Never write to the document." },
  { selector: "CallExpression[callee.property.name='setAttribute'][arguments.0.value='style']", message: "Use style.setProperty: style attributes are blocked by policy." },
  { selector: "UnaryExpression[operator='void'] > :not(CallExpression)", message: "The minifier drops it; write `void call()` or a block." },
  { selector: "ExportDefaultDeclaration, ExportAllDeclaration, ExportNamedDeclaration[specifiers.length>0]", message: "Export declarations by name; see server/bundling/modules.py." },
];

export default [
  { ignores: ["dist/**", "node_modules/**", "eslint.config.js"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: { ...globals.browser } },
    rules: {
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-console": "error",
      "no-var": "error",
      "prefer-const": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
      complexity: ["error", 16],
      "max-lines": ["error", { max: 300 }],
      "max-lines-per-function": ["error", { max: 60, skipComments: true, skipBlankLines: true }],
      "no-restricted-syntax": ["error", ...policy],
    },
  },
];
