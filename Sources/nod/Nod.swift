import ArgumentParser
@main struct Nod: ParsableCommand {}
