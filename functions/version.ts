/** Version of this package, as in package.json; a Revision keeps it with what it rendered. */
export const version = '0.1.0';
