package comet

import "io"

// Backup writes a backup of the running node. Blocks go on meanwhile.
func (n *Node) Backup(w io.Writer) (BackupInfo, error) {
	return ask(n, func() (BackupInfo, error) { return BackupOpen(w, n.dir, n.app, n.stores) })
}
