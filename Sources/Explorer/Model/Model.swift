import MQTT
import MQTTClient
import Terminal
import TopicStore

/// The application as a value: everything that the screen is a function of.
///
/// Inputs come one at a time on the main actor: a key, an event of the client, a new size, or the clock. Each changes the
/// model, and a key gives back effects, which `App.perform` carries out; the model itself does no I/O and reads no clock,
/// so a test can play a whole session as a list of inputs and compare screens.
///
///     key ─────────▶ handle ──▶ [Effect]         event ──▶ receive
///     clock, size ─▶ refresh(at:)                frame() ──▶ Frame
///
/// Between inputs and screen there is one step, `refresh`, and it costs O(rows on screen): it settles the store, so that
/// what was appended becomes visible all at once; keeps the selection on its topic and on its line; opens the document of
/// the message that is looked at; and takes the rows that will be shown. `frame` then only draws what was taken and
/// changes nothing.
///
/// Pausing is not settling: messages go on being appended (and acknowledged), while rows, values and histories stay those
/// of the last settle. Nothing is held anywhere else, so a pause of hours costs no more memory than the store's budget.
///
/// Places are identities, never numbers: a topic in the tree, a message in the history. So nothing that arrives, no
/// filter and no new size moves the person somewhere else.
///
/// What lies above the panes (help, the publish form) is a layer and has the keys first; below it the prompt of `/` has
/// them, while it is edited; then the pane with the focus.
package struct Model: ~Copyable {
  package var store: TopicStore
  var connection: ConnectionStatus
  var tree = TreeState()
  var message = MessageState()
  var history = HistoryState()
  var stream = StreamState()
  var search: Search?
  var form: FormState
  var layer = Layer.none
  /// What passed between us and the broker, and where the person is in it.
  var packets = PacketLog()
  var packetView = PacketView()
  var factsView = FactsView()
  var subscriptionsView = SubscriptionsView()
  var notice: Notice?
  var focus = Pane.topics
  var isZoomed = false
  var isPaused = false
  /// The part of the width that the topics take beside the message.
  var share = 0.4
  var isDragging = false
  package var size = Size(columns: 80, rows: 24)
  var now = Instant(wall: 0, monotonic: 0)
  /// Messages a second in each of the last seconds, oldest first.
  var rates = RateCurve()
  let isReadOnly: Bool
  /// The broker's messages are traced while the protocol view is closed too, for the log.
  let tracesAll: Bool
  let themes: [String]
  var themeName: String
  let keymap = Keymap()
  /// Where this broker stands among those that are open.
  var place = BrokerPlace()

  /// What lies above the panes.
  indirect enum Layer: Equatable {
    case none
    /// Help and palette, and what lies below them.
    case commands(CommandList, above: Layer)
    case form
    /// The protocol view.
    case packets
    /// The facts of session and broker.
    case facts
    /// The subscriptions.
    case subscriptions
  }

  package init(_ settings: Settings) {
    store = TopicStore(limits: Limits(bytes: settings.memoryLimit))
    connection = ConnectionStatus(
      address: settings.address, clientID: settings.clientID, subscriptions: settings.subscriptions,
      isUnverified: settings.isUnverified, isProfile: settings.isProfile)
    form = FormState(past: settings.past, draft: settings.draft)
    isReadOnly = settings.isReadOnly
    tracesAll = settings.tracesAll
    themes = settings.themes
    themeName = settings.themeName
  }

  /// What a model starts with.
  package struct Settings {
    var address: String
    var clientID: String
    var subscriptions: [Subscription] = []
    var isUnverified = false
    var isProfile = false
    var tracesAll = false
    var memoryLimit = 256 << 20
    var isReadOnly = false
    var themes = [Theme.standard.name]
    var themeName = Theme.standard.name
    var past = PublishHistory()
    var draft: PublishDraft?
  }

  /// A branch without a value of its own shows the stream of what is below it instead of a message and its history.
  var showsStream: Bool {
    guard let selected = tree.selected else { return false }
    return store.newest(of: selected) == nil
  }

  var layout: Layout {
    let isAlone = showsExplanationAlone
    return Layout(
      size: size, focus: isAlone ? .topics : focus, isZoomed: isZoomed || isAlone, share: share,
      hasHistory: !showsStream)
  }

  mutating func say(_ kind: Notice.Kind, _ sentence: String) {
    notice = Notice(kind, sentence, at: now.monotonic)
  }
}

extension Model.Settings {
  /// Settings with the defaults.
  package init(address: String) {
    self.init(address: address, clientID: "")
  }
}
