package comet

import (
	"io"

	"github.com/smart-hospital/hospital/chain/comet/home"
)

// Backup writes a backup of the running node. Blocks go on meanwhile.
func (n *Node) Backup(w io.Writer) (home.BackupInfo, error) {
	return ask(n, func() (home.BackupInfo, error) { return home.BackupOpen(w, n.dir, n.app, n.stores) })
}
