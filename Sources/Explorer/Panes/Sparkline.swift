/// A small curve of eighths of a line's height.
enum Sparkline {
  private static let bars = Array("▁▂▃▄▅▆▇█")

  static func text(_ values: [Double]) -> String {
    guard let most = values.max(), most > 0 else { return "" }
    return String(values.map { bars[min(7, max(0, Int($0 / most * 7.5)))] })
  }
}
