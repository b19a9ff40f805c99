package comet

import "time"

// Part ends all connections of a node in a way after which the engine dials nobody by itself.
func (n *Node) Part() {
	for _, p := range n.eng.Switch().Peers().Copy() {
		n.eng.Switch().StopPeerGracefully(p)
	}
}

// Impatient has nodes that are started afterwards take a silent connection for a dead one so soon, until back is called.
func Impatient(after time.Duration) (back func()) {
	was := staleAfter
	staleAfter = after
	return func() { staleAfter = was }
}
