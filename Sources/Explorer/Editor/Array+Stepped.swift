extension Array where Element: Equatable {
  /// The element that many places behind another, around the end; counted from the first if that one is not here.
  func stepped(from element: Element, by count: Int) -> Element {
    let place = (firstIndex(of: element) ?? 0) + count
    return self[(place % self.count + self.count) % self.count]
  }
}
