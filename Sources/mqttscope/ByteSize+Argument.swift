import ArgumentParser
import Explorer

/// A size can be given as an option.
extension ByteSize: ExpressibleByArgument {}
