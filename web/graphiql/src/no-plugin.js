// Stands in for the Prettier plug-ins that prettier.js makes unnecessary.
export const parsers = {};
export const printers = {};
