"""Into a database: the versions of a store, for the engines that ask them there."""
