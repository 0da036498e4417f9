/// Where a line begins, with all that is needed to go on from there.
struct LinePlace: Sendable {
  var line = 0
  var offset = 0
  /// Open brackets around `offset`; tree layout only.
  var depth = 0
  /// The line continues a token that ends here; 0 when it does not.
  var restEnd = 0
  var restKind = JSONToken.Kind.none
  var isContinuation = false
}
