/// The place of one level of a topic in the tree. Indexes have 24 bits, 0 means none.
///
/// A node is three records of 32 bytes, so that each kind of work touches only its own: `Node` for rows, `Head` for taking a
/// message, `Tally` for counting.
struct Node: BitwiseCopyable {
  private var parentAndState: UInt32
  private var topicsAndMarks: UInt32 = 0
  /// The root of the search tree of the levels below.
  var children: UInt32 = 0
  /// The search tree of the siblings.
  var left: UInt32 = 0
  var right: UInt32 = 0
  /// The node above in the search tree of the siblings, 0 at its root.
  var up: UInt32 = 0
  /// Rows of this node and all below it in the siblings' search tree, with all that is open below each.
  var rows: UInt32 = 0
  /// When the first message of the branch was settled, in ticks.
  var born: UInt32 = 0

  init(parent: UInt32) {
    parentAndState = parent
  }

  var parent: UInt32 {
    parentAndState & 0xff_ffff
  }

  var state: State {
    get { State(rawValue: UInt8(truncatingIfNeeded: parentAndState >> 24)) }
    set { parentAndState = parentAndState & 0xff_ffff | UInt32(newValue.rawValue) << 24 }
  }

  /// Topics with a value in the branch.
  var topicsBelow: UInt32 {
    get { topicsAndMarks & 0xff_ffff }
    set { topicsAndMarks = topicsAndMarks & 0xff00_0000 | newValue & 0xff_ffff }
  }

  var marks: Marks {
    get { Marks(rawValue: UInt8(truncatingIfNeeded: topicsAndMarks >> 24)) }
    set { topicsAndMarks = topicsAndMarks & 0xff_ffff | UInt32(newValue.rawValue) << 24 }
  }

  var retained: RetainedState {
    RetainedState(rawValue: state.rawValue >> 6) ?? .no
  }

  /// What is true of a node; the two high bits are its `RetainedState`.
  struct State: OptionSet {
    var rawValue: UInt8
    static let isOpen = State(rawValue: 1)
    /// Closed by the user while a filter is on.
    static let isFolded = State(rawValue: 2)
    /// A message of the topic itself was settled.
    static let hasValue = State(rawValue: 4)
    /// The newest value, or one before it that was not deleted, was seen retained.
    static let wasRetained = State(rawValue: 16)
    /// Its children are not in the current order.
    static let isUnsorted = State(rawValue: 32)

    mutating func setRetained(_ retained: RetainedState, was wasRetained: Bool) {
      rawValue = rawValue & 0x2f | retained.rawValue << 6 | (wasRetained ? Self.wasRetained.rawValue : 0)
    }
  }

  /// What a filter says of a node: four bits of the filter that is shown, four of the one being evaluated.
  struct Marks: OptionSet {
    var rawValue: UInt8
    /// The pattern fits the path of the node.
    static let fits = Marks(rawValue: 1)
    /// The topic, or one below it, passes the filter.
    static let isVisible = Marks(rawValue: 2)
    /// The substring ends inside the node's own name.
    static let isNamed = Marks(rawValue: 4)
    /// A node below is one to stop at.
    static let leadsToMatch = Marks(rawValue: 8)
  }
}
