package chain

import (
	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/canonical"
	"github.com/smart-hospital/hospital/chain/membership"
)

// Change is the change that a vote is for: ErrMalformed when it is none, or not the subject's.
func (s Statement) Change() (*membership.Change, error) {
	raw, err := base64.Decode(s.Facts.Change)
	if err != nil {
		return nil, canonical.Malformed("facts.change", "base64")
	}
	c, err := membership.ParseChange(raw)
	if err != nil {
		return nil, err
	}
	if s.Kind != KindVote || s.Subject != SubjectGov+c.Digest().String() {
		return nil, canonical.Malformed("subject", "gov: and the change's digest")
	}
	return c, nil
}
