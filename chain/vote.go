package chain

import "github.com/smart-hospital/hospital/chain/base64"

// Change is the change that a vote is for: ErrMalformed when it is none, or not the subject's.
func (s Statement) Change() (*Change, error) {
	raw, err := base64.Decode(s.Facts.Change)
	if err != nil {
		return nil, malformed("facts.change", "base64")
	}
	c, err := ParseChange(raw)
	if err != nil {
		return nil, err
	}
	if s.Kind != KindVote || s.Subject != SubjectGov+c.Digest().String() {
		return nil, malformed("subject", "gov: and the change's digest")
	}
	return c, nil
}
