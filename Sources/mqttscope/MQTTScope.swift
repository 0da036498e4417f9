import ArgumentParser

@main
struct MQTTScope: ParsableCommand {
}
