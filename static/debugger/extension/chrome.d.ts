/** The browser's interface for extensions; its types are not among those that TypeScript brings. */
declare const chrome: any;
