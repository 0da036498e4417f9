/// Names to choose from, side by side: the chosen one stands in brackets, so that it is seen without colours.
struct ChoiceRow {
  let names: [String]
  /// Neighbours share the column between them where there is no room for two.
  private let gap: Int

  init(_ names: [String], columns: Int) {
    self.names = names
    let wide = names.reduce(0) { $0 + $1.count + 2 }
    gap = wide <= columns ? 2 : 1
  }

  /// The columns of all of them, the brackets of the outer ones included.
  var columns: Int { column(of: names.count) - gap + 1 }

  /// The column of a name; its bracket stands in the one before.
  func column(of index: Int) -> Int {
    names.prefix(index).reduce(1) { $0 + $1.count + gap }
  }

  /// The name at a column, brackets included; the last one behind all of them.
  func index(at column: Int) -> Int {
    names.indices.first { column <= self.column(of: $0) + names[$0].count } ?? names.count - 1
  }
}
