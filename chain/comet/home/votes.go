package home

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/cometbft/cometbft/config"
	cmtjson "github.com/cometbft/cometbft/libs/json"
	"github.com/cometbft/cometbft/libs/tempfile"
	"github.com/cometbft/cometbft/privval"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	"github.com/cometbft/cometbft/types"
	"github.com/smart-hospital/hospital/chain/platform/durable"
)

// CarefulHeights is how many heights a validator that has lost the record of its votes lets pass
// unsigned once it has caught up. Its last votes were for the height that was open when it died,
// which the others have decided by then; a node that has just caught up is fewer heights behind
// than this.
const CarefulHeights = 10

var (
	// ErrCareful is a vote that is not cast: see CarefulHeights.
	ErrCareful = errors.New(
		"comet: the record of earlier votes was lost: not voting until enough heights have passed")
	// ErrSoleVoter is a restore after which the chain's only voter could vote twice for a height.
	ErrSoleVoter = errors.New(
		"comet: this node is its chain's only voter and the record of its votes does not fit the backup: say that they may be forgotten, when the node that the backup is of can never run again")
)

func carefulMark(cfg *config.Config) string {
	return filepath.Join(cfg.DBDir(), "votes_lost")
}

// votes prepares the validator's record of votes after a restore to a height.
func votes(cfg *config.Config, height int64, voters int, forget bool) error {
	last, err := LastVote(cfg)
	switch {
	case forget && voters > 1:
		return fmt.Errorf(
			"%w: other members vote as well: two votes of one validator for a height would show against it", ErrBackup)
	case forget:
		return newSignState(cfg)
	case voters == 1 && (err != nil || last > height):
		return ErrSoleVoter
	case err == nil:
		return nil
	case !errors.Is(err, os.ErrNotExist):
		return err
	}
	if err := durable.WriteFile(carefulMark(cfg), nil, 0o600); err != nil { // before the clean record is there
		return err
	}
	return newSignState(cfg)
}

// LastVote is the height of the validator's newest vote: fs.ErrNotExist when there is no record.
func LastVote(cfg *config.Config) (int64, error) {
	text, err := os.ReadFile(cfg.PrivValidatorStateFile())
	if err != nil {
		return 0, err
	}
	var s privval.FilePVLastSignState
	if err := cmtjson.Unmarshal(text, &s); err != nil {
		return 0, fmt.Errorf("comet: %s: %w", filepath.Base(cfg.PrivValidatorStateFile()), err)
	}
	return s.Height, nil
}

func newSignState(cfg *config.Config) error {
	return tempfile.WriteFileAtomic(cfg.PrivValidatorStateFile(), []byte(`{"height":"0","round":0,"step":0}`), 0o600)
}

// careful is a validator whose record of votes was lost.
type careful struct {
	types.PrivValidator
	mark string

	mu    sync.Mutex
	after int64 // first height it may sign; 0: it has not come to a height to sign yet
	done  bool
}

// Signer is the node's validator, careful when its record was lost.
func Signer(cfg *config.Config, pv *privval.FilePV) types.PrivValidator {
	if _, err := os.Stat(carefulMark(cfg)); err != nil {
		return pv
	}
	return &careful{PrivValidator: pv, mark: carefulMark(cfg)}
}

func (c *careful) may(height int64) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done {
		return nil
	}
	if c.after == 0 {
		c.after = height + CarefulHeights
	}
	if height < c.after {
		return ErrCareful
	}
	if err := os.Remove(c.mark); err != nil {
		return err
	}
	c.done = true
	return nil
}

// SignVote implements types.PrivValidator.
func (c *careful) SignVote(chainID string, vote *cmtproto.Vote) error {
	if err := c.may(vote.Height); err != nil {
		return err
	}
	return c.PrivValidator.SignVote(chainID, vote)
}

// SignProposal implements types.PrivValidator.
func (c *careful) SignProposal(chainID string, p *cmtproto.Proposal) error {
	if err := c.may(p.Height); err != nil {
		return err
	}
	return c.PrivValidator.SignProposal(chainID, p)
}
