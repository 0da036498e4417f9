import Explorer
import Glibc
import Terminal

extension Measure {
  static var screen: [Measure] {
    [
      Measure("screen.frame", .microseconds, "refresh the model and draw a frame of 200x60, 200,000 topics, 1,600 new")
      {
        let rehearsal = try Rehearsal()
        return { rehearsal.frames(100) }
      },
      Measure("screen.present", .microseconds, "present such frames on a terminal") {
        let rehearsal = try Rehearsal()
        return { try rehearsal.presentations(100) }
      },
    ]
  }
}
