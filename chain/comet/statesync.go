package comet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/cometbft/cometbft/light"
	cmtstate "github.com/cometbft/cometbft/proto/tendermint/state"
	sm "github.com/cometbft/cometbft/state"
	"github.com/cometbft/cometbft/types"
	"github.com/cometbft/cometbft/version"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/ledger"
	"github.com/smart-hospital/hospital/chain/membership"
)

// trust tells the engine what the members decided at a snapshot's height (statesync.StateProvider).
// It starts from this node's own genesis file: the validators there, changed by the changes of
// membership that they and their successors voted for, must have signed both headers with more than
// two thirds of the power. Validators and their turns are computed here and never taken from a
// peer.
type trust struct {
	genesis *types.GenesisDoc
	from    *lightBlocks
	stopped <-chan struct{}

	mu    sync.Mutex
	known map[int64]*point // at most one for each snapshot looked at
}

// point is a height that the members' votes have confirmed.
type point struct {
	at, next *types.SignedHeader
	sets     [3]*types.ValidatorSet // of the height, the next and the one after
}

var errHeaders = errors.New("comet: headers refused")

// check verifies an answer and keeps what it proves.
func (t *trust) check(d decided) error {
	at, err := parseHeader(d.At)
	if err != nil {
		return fmt.Errorf("%w: %w", errHeaders, err)
	}
	next, err := parseHeader(d.Next)
	if err != nil {
		return fmt.Errorf("%w: %w", errHeaders, err)
	}
	lists, err := t.lists(d.History)
	if err != nil {
		return err
	}
	for i, h := range []*types.SignedHeader{at, next} {
		if err := t.decides(lists, d.Height+int64(i), h); err != nil {
			return err
		}
	}
	if !next.LastBlockID.Equals(at.Commit.BlockID) {
		return fmt.Errorf("%w: %d does not follow %d", errHeaders, next.Height, at.Height)
	}
	p := &point{at: at, next: next}
	if p.sets, err = t.turns(lists, d.Height); err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.known[d.Height] = p
	return nil
}

// lists are the members' lists since the genesis list, with the votes for them checked.
func (t *trust) lists(history []byte) (*chain.Timeline, error) {
	lists, err := chain.ParseHistory(history)
	if err != nil {
		return nil, fmt.Errorf("%w: history: %w", errHeaders, err)
	}
	genesis, err := membership.ParseGenesis(t.genesis.AppState)
	if err != nil {
		return nil, err
	}
	if lists.At(0).Digest() != genesis.Digest() {
		return nil, fmt.Errorf("%w: history: of another chain than the genesis", errHeaders)
	}
	return lists, nil
}

// decides checks that a header is of a height and that the validators there have signed it.
func (t *trust) decides(lists *chain.Timeline, height int64, h *types.SignedHeader) error {
	if err := h.ValidateBasic(t.genesis.ChainID); err != nil {
		return fmt.Errorf("%w: %w", errHeaders, err)
	}
	set, err := t.voters(lists, height)
	if err != nil {
		return err
	}
	after, err := t.voters(lists, height+1)
	if err != nil {
		return err
	}
	switch {
	case h.Height != height:
		return fmt.Errorf("%w: of height %d instead of %d", errHeaders, h.Height, height)
	case !bytes.Equal(h.ValidatorsHash, set.Hash()) || !bytes.Equal(h.NextValidatorsHash, after.Hash()):
		return fmt.Errorf("%w: height %d names other validators than the members' list", errHeaders, height)
	case !bytes.Equal(h.ConsensusHash, t.genesis.ConsensusParams.Hash()):
		return fmt.Errorf("%w: height %d names other parameters than the genesis", errHeaders, height)
	}
	if err := set.VerifyCommit(t.genesis.ChainID, h.Commit.BlockID, h.Height, h.Commit); err != nil {
		return fmt.Errorf("%w: votes for %d: %w", errHeaders, h.Height, err)
	}
	return nil
}

// first are the validators of the genesis.
func (t *trust) first() *types.ValidatorSet {
	vals := make([]*types.Validator, len(t.genesis.Validators))
	for i, v := range t.genesis.Validators {
		vals[i] = types.NewValidator(v.PubKey, v.Power)
	}
	return types.NewValidatorSet(vals)
}

// change takes a set from one members' list to the next.
func change(set *types.ValidatorSet, now, next *membership.Roster) error {
	updates, err := types.PB2TM.ValidatorUpdates(ledger.VoterUpdates(now, next))
	if err != nil {
		return err
	}
	return set.UpdateWithChangeSet(updates)
}

// voters are the validators in force at a height. Whose turn it is among them costs work for every
// height, so it is computed (turns) only for a height that they have signed: a peer may claim any.
func (t *trust) voters(lists *chain.Timeline, height int64) (*types.ValidatorSet, error) {
	set, all := t.first(), lists.Lists()
	for i := 1; i < len(all) && all[i].Members().From <= height; i++ {
		if err := change(set, all[i-1], all[i]); err != nil {
			return nil, err
		}
	}
	return set, nil
}

// turns computes the sets in force at a height and the two after it, in the engine's own way: what
// the genesis list and the votes on changes of it say, and whose turn it is after so many heights.
func (t *trust) turns(lists *chain.Timeline, height int64) (sets [3]*types.ValidatorSet, err error) {
	set, now := t.first(), lists.At(1)
	for h := int64(1); h <= height+2; h++ {
		if next := lists.At(h); next != now {
			if err := change(set, now, next); err != nil {
				return sets, err
			}
			now = next
		}
		if h > 1 {
			set.IncrementProposerPriority(1)
		}
		if h >= height {
			sets[h-height] = set.Copy()
		}
	}
	return sets, nil
}

func (t *trust) point(ctx context.Context, height uint64) (*point, error) {
	t.mu.Lock()
	p := t.known[int64(height)]
	t.mu.Unlock()
	if p != nil {
		return p, nil
	}
	select {
	case <-t.stopped:
		return nil, light.ErrNoWitnesses // the one error that ends the search
	default:
	}
	if err := t.from.ask(ctx, int64(height), t.check); err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.known[int64(height)], nil
}

// AppHash implements statesync.StateProvider.
func (t *trust) AppHash(ctx context.Context, height uint64) ([]byte, error) {
	p, err := t.point(ctx, height)
	if err != nil {
		return nil, err
	}
	return p.next.AppHash, nil
}

// Commit implements statesync.StateProvider.
func (t *trust) Commit(ctx context.Context, height uint64) (*types.Commit, error) {
	p, err := t.point(ctx, height)
	if err != nil {
		return nil, err
	}
	return p.at.Commit, nil
}

// State implements statesync.StateProvider.
func (t *trust) State(ctx context.Context, height uint64) (sm.State, error) {
	p, err := t.point(ctx, height)
	if err != nil {
		return sm.State{}, err
	}
	return sm.State{
		ChainID: t.genesis.ChainID, InitialHeight: t.genesis.InitialHeight,
		Version:         cmtstate.Version{Consensus: p.next.Version, Software: version.TMCoreSemVer},
		LastBlockHeight: p.at.Height, LastBlockTime: p.at.Time, LastBlockID: p.at.Commit.BlockID,
		AppHash: p.next.AppHash, LastResultsHash: p.next.LastResultsHash,
		LastValidators: p.sets[0], Validators: p.sets[1], NextValidators: p.sets[2],
		LastHeightValidatorsChanged: p.next.Height + 1,
		ConsensusParams:             *t.genesis.ConsensusParams, LastHeightConsensusParamsChanged: p.next.Height,
	}, nil
}
