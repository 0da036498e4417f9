import TopicStore

extension Measure {
  static var tree: [Measure] {
    [
      Measure("tree.rows", .microseconds, "60 rows of 200,000 open topics") {
        let shop = try Shop.large()
        return {
          Cost.ofThread {
            for place in 0..<1_000 { keep(shop.store.rows(in: place * 200..<place * 200 + 60)) }
          } / 1_000 / 1_000
        }
      },
      Measure("tree.open all", .milliseconds, "close and open 200,000 topics") {
        let shop = try Shop.large()
        return {
          Cost.ofThread {
            shop.store.setOpenBelow(false, nil)
            shop.store.setOpenBelow(true, nil)
          } / 1e6
        }
      },
      Measure("tree.sort", .milliseconds, "sort 200,000 topics by age, then by name again") {
        let shop = try Shop.large()
        return {
          Cost.ofThread {
            shop.store.sort(by: .age)
            shop.store.sort(by: .name)
          } / 1e6
        }
      },
    ] + ["humid", "+/+/line2/#", "!temp"].flatMap { typed in [filter(typed), slice(typed)] }
  }

  private static func filter(_ typed: String) -> Measure {
    Measure("tree.filter \(typed)", .milliseconds, "a filter over 200,000 topics, from keystroke to rows") {
      let shop = try Shop.large()
      return { slices(shop, typed).reduce(0, +) / 1e6 }
    }
  }

  private static func slice(_ typed: String) -> Measure {
    Measure("tree.slice \(typed)", .milliseconds, "its longest slice: so long a frame may have to wait") {
      let shop = try Shop.large()
      return { (slices(shop, typed).max() ?? 0) / 1e6 }
    }
  }

  /// What each slice of the evaluation costs; takes the filter away again.
  private static func slices(_ shop: Shop, _ typed: String) -> [Double] {
    var costs: [Double] = []
    shop.store.setFilter(Filter(typed: typed))
    while shop.store.isFiltering {
      costs.append(Cost.ofThread { _ = shop.store.continueFiltering() })
    }
    shop.store.setFilter(nil)
    while !shop.store.continueFiltering() {}
    return costs
  }
}
