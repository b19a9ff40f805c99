package judge

import (
	"encoding/binary"

	"github.com/smart-hospital/hospital/chain/ledger/storage"
	"github.com/smart-hospital/hospital/chain/membership"
)

// newestFrom is the height from which the newest list is in force, and how many lists followed the
// genesis list.
func newestFrom(r storage.Reader) (from int64, count uint64) {
	b := r.Read(storage.KeyNewest)
	if len(b) != 16 {
		return 0, 0
	}
	return int64(binary.BigEndian.Uint64(b)), binary.BigEndian.Uint64(b[8:])
}

// ballot is a vote on its way through the guards.
type ballot struct {
	s      *Step
	change *membership.Change
	next   *membership.Members
}

// Power implements contract.Ballot.
func (b *ballot) Power() int64 { return b.s.org.Power }

// Pending implements contract.Ballot.
func (b *ballot) Pending() bool {
	from, _ := newestFrom(b.s.view)
	return from > b.s.height
}

// Voted implements contract.Ballot.
func (b *ballot) Voted() bool {
	return b.s.view.Read(storage.KeyVote(b.s.st.Subject, b.s.st.Org)) != nil
}

// Apply implements contract.Ballot.
func (b *ballot) Apply() (err error) {
	b.next, err = b.s.roster.Members().Apply(b.change, b.s.height+2)
	return err
}

// Decides implements contract.Ballot.
func (b *ballot) Decides() bool {
	power := b.s.org.Power
	for _, m := range b.s.roster.Members().Members {
		if b.s.view.Read(storage.KeyVote(b.s.st.Subject, m.ID)) != nil {
			power += m.Power
		}
	}
	return b.s.roster.Quorum(power)
}

// Adopt implements contract.Ballot.
func (b *ballot) Adopt() (err error) {
	b.s.adopts, err = b.next.OpenInForce(b.s.roster)
	return err
}

// write notes the vote, and the list it adopts.
func (b *ballot) write() {
	s := b.s
	s.view.Set(storage.KeyVote(s.st.Subject, s.st.Org), []byte{1})
	if s.adopts == nil {
		return
	}
	_, count := newestFrom(s.view)
	count++
	from := binary.BigEndian.AppendUint64(nil, uint64(s.adopts.Members().From))
	s.view.Set(storage.KeyNewest, binary.BigEndian.AppendUint64(from, count))
	s.view.Set(storage.KeyList(count), s.adopts.Members().Bytes())
	s.view.Set(storage.KeyAdopted(count), []byte(s.st.Subject))
}
