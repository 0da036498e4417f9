import Payloads

extension Measure {
  static var payload: [Measure] {
    [
      Measure("json.open", .milliseconds, "open a JSON payload of 5 MB") {
        let bytes = json(5 << 20)
        return { Cost.ofThread { keep(Document(bytes)) } / 1e6 }
      },
      Measure("json.line", .microseconds, "a line anywhere in it") {
        let document = Document(json(5 << 20))
        let step = document.lineCount / 1_000
        return {
          Cost.ofThread {
            for index in 0..<1_000 { keep(document.line(index * step)) }
          } / 1_000 / 1_000
        }
      },
      Measure("json.value", .microseconds, "the line in the tree for a JSON value of 200 B") {
        let bytes = Array(json(1_000).prefix(200))
        return {
          Cost.ofThread {
            for _ in 0..<10_000 { keep(oneLine(bytes, size: 1_000, limit: 60)) }
          } / 10_000 / 1_000
        }
      },
    ]
  }

  private static func json(_ size: Int) -> [UInt8] {
    var text = "["
    var index = 0
    while text.utf8.count < size {
      text += #"{"id":\#(index),"name":"sensor \#(index)","values":[1.5,-2e10,true,null],"unit":"\u00b0C"},"#
      index += 1
    }
    return Array((text + "null]").utf8)
  }
}
