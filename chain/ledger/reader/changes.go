package reader

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/ledger/storage"
	"github.com/smart-hospital/hospital/chain/membership"
)

// maxOpenChanges bounds the list: one member alone can begin any number of votes. Those with the
// most power come first, so that it hides none that others agree on.
const maxOpenChanges = 50

// OpenChanges lists the changes of the newest members' list that members have voted for and that
// can still be adopted. What the members once began to vote on stays in the ledger for ever, but it
// is read through their subjects alone, which are few beside the records.
func (r *Reader) OpenChanges() ([]membership.OpenChange, error) {
	now, done := r.Newest()
	defer done()
	open := []membership.OpenChange{}
	if now.Timeline == nil {
		return open, nil
	}
	roster := now.Timeline.Newest()
	subjects, err := now.votedOn(roster.Digest().String())
	if err != nil {
		return nil, err
	}
	power := map[string]int64{}
	for _, s := range subjects {
		power[s] = now.voted(roster, s)
	}
	slices.SortStableFunc(subjects, func(x, y string) int { return cmp.Compare(power[y], power[x]) })
	for _, s := range subjects {
		if len(open) == maxOpenChanges {
			break
		}
		c, err := now.openChange(roster, s)
		if err != nil {
			return nil, err
		}
		// A schema's height that has passed cannot be agreed on any more: the deciding vote is in
		// the next block at the earliest.
		if schema := c.Change.Schema; schema == nil ||
			schema.From > max(now.Meta.Header.Height+1, roster.Members().From)+2 {
			open = append(open, c)
		}
	}
	return open, nil
}

// votedOn are the subjects of changes of a list that were voted for and not adopted.
func (now *State) votedOn(list string) (subjects []string, err error) {
	it, err := now.DB.Iterator(storage.KeySubject(chain.SubjectGov), append(storage.KeySubject(chain.SubjectGov), 0xff))
	if err != nil {
		return nil, err
	}
	defer it.Close()
	for ; it.Valid(); it.Next() {
		var s chain.SubjectState
		if err := json.Unmarshal(it.Value(), &s); err != nil {
			return nil, fmt.Errorf("ledger: stored subject: %w", err)
		}
		if s.Status != chain.StatusVoted {
			continue
		}
		base, err := now.reader.bases.Get(s.Subject, func() (string, error) { return now.base(s.Subject) })
		if err != nil {
			return nil, err
		}
		if base == list {
			subjects = append(subjects, s.Subject)
		}
	}
	return subjects, it.Error()
}

// base is the list that a voted change is for. It never changes, so it is read once.
func (now *State) base(subject string) (string, error) {
	records, err := now.records(subject)
	if err != nil {
		return "", err
	}
	c, err := records[0].Record.Statement.Change()
	if err != nil {
		return "", fmt.Errorf("ledger: stored vote: %w", err)
	}
	return c.Base, nil
}

// voted is the power that has agreed to a change.
func (now *State) voted(roster *membership.Roster, subject string) (power int64) {
	for _, m := range roster.Members().Members {
		if now.DB.Read(storage.KeyVote(subject, m.ID)) != nil {
			power += m.Power
		}
	}
	return power
}

func (now *State) openChange(roster *membership.Roster, subject string) (membership.OpenChange, error) {
	records, err := now.records(subject)
	if err != nil {
		return membership.OpenChange{}, err
	}
	change, err := records[0].Record.Statement.Change()
	if err != nil {
		return membership.OpenChange{}, fmt.Errorf("ledger: stored vote: %w", err)
	}
	out := membership.OpenChange{Subject: subject, Change: *change, Deed: roster.Deed(change), Since: records[0].Time}
	out.Power, out.Needed = roster.Power()
	for _, c := range records {
		org, ok := roster.Org(c.Record.Statement.Org)
		if !ok {
			return out, fmt.Errorf("%w: who voted for %s", chain.ErrNotFound, short(subject))
		}
		out.Votes = append(out.Votes, membership.Ballot{Member: org.ID, Power: org.Power, Record: c.ID,
			Height: c.Height, Time: c.Time})
		out.Voted += org.Power
	}
	return out, nil
}

// History returns all members' lists with the votes that made them.
func (r *Reader) History() (*chain.History, error) {
	s, done := r.Newest()
	defer done()
	lists := s.Timeline.Lists()
	h := &chain.History{V: chain.Version, Genesis: *lists[0].Members(), Adoptions: []chain.Adoption{}}
	for i := 1; i < len(lists); i++ {
		subject := s.DB.Read(storage.KeyAdopted(uint64(i)))
		records, err := s.records(string(subject))
		if err != nil {
			return nil, fmt.Errorf("ledger: votes for list %d: %w", i, err)
		}
		adoption := chain.Adoption{List: *lists[i].Members()}
		for _, c := range records {
			adoption.Votes = append(adoption.Votes, c.Record)
		}
		h.Adoptions = append(h.Adoptions, adoption)
	}
	return h, nil
}
