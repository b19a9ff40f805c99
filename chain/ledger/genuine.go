package ledger

import "github.com/smart-hospital/hospital/chain"

// Genuine tells whether a record that a block of that height held is its organisation's: its seal
// by the list in force then holds, and so does the signature of an actor whose certificate is
// known. Everything else is bytes that somebody put into a block in another's name.
func (a *App) Genuine(rec chain.Record, raw []byte, height int64) bool {
	a.mu.RLock()
	roster := a.listAt(height).roster
	a.mu.RUnlock()
	org, member := roster.Org(rec.Statement.Org)
	if !member || rec.OrgCert != org.SealCert.ID() || rec.VerifySealRaw(raw, org.SealCert) != nil {
		return false
	}
	actor, _, known := a.inspector.Actor(a.db, roster, rec.Statement)
	return !known || rec.VerifyActorRaw(raw, actor) == nil
}
