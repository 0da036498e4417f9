/// Places in a line by their count of UTF-8 bytes: O(1), because our lines are native strings.
extension String {
  func index(utf8 offset: Int) -> Index {
    utf8.index(utf8.startIndex, offsetBy: offset)
  }

  func offset(of index: Index) -> Int {
    utf8.distance(from: utf8.startIndex, to: index)
  }

  func range(utf8 start: Int, _ end: Int) -> Range<Index> {
    index(utf8: start)..<index(utf8: end)
  }

  func prefix(utf8 offset: Int) -> Substring {
    self[..<index(utf8: offset)]
  }

  func suffix(utf8 offset: Int) -> Substring {
    self[index(utf8: offset)...]
  }

  /// The end of the grapheme that begins at `offset`.
  func offset(after offset: Int) -> Int {
    self.offset(of: index(after: index(utf8: offset)))
  }

  /// The start of the grapheme that ends at `offset`.
  func offset(before offset: Int) -> Int {
    self.offset(of: index(before: index(utf8: offset)))
  }
}
