package comet

import "time"

// Part ends all connections of a node in a way after which the engine dials nobody by itself.
func (n *Node) Part() {
	for _, p := range n.eng.Switch().Peers().Copy() {
		n.eng.Switch().StopPeerGracefully(p)
	}
}

// Impatient has nodes that are started afterwards beat so often, until back is called.
func Impatient(every time.Duration) (back func()) {
	was := beatEvery
	beatEvery = every
	return func() { beatEvery = was }
}
