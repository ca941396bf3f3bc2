/** Read by dependency-cruiser only, for the one option that its own file has no place for. */
module.exports = { resolve: { extensionAlias: { '.js': ['.ts', '.js'] } } }
