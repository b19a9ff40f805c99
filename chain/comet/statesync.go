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
)

// trust tells the engine what the members decided at a snapshot's height (statesync.StateProvider). It starts from this
// node's own genesis file: the validators there, changed by the changes of membership that they and their successors
// voted for, must have signed both headers with more than two thirds of the power. Validators and their turns are
// computed here and never taken from a peer.
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
	p := &point{at: at, next: next}
	if p.sets, err = t.validators(d.Height, d.History); err != nil {
		return err
	}
	for i, h := range []*types.SignedHeader{at, next} {
		if err := h.ValidateBasic(t.genesis.ChainID); err != nil {
			return fmt.Errorf("%w: %w", errHeaders, err)
		}
		switch height := d.Height + int64(i); {
		case h.Height != height:
			return fmt.Errorf("%w: of height %d instead of %d", errHeaders, h.Height, height)
		case !bytes.Equal(h.ValidatorsHash, p.sets[i].Hash()) || !bytes.Equal(h.NextValidatorsHash, p.sets[i+1].Hash()):
			return fmt.Errorf("%w: height %d names other validators than the members' list", errHeaders, height)
		case !bytes.Equal(h.ConsensusHash, t.genesis.ConsensusParams.Hash()):
			return fmt.Errorf("%w: height %d names other parameters than the genesis", errHeaders, height)
		}
		if err := p.sets[i].VerifyCommit(t.genesis.ChainID, h.Commit.BlockID, h.Height, h.Commit); err != nil {
			return fmt.Errorf("%w: votes for %d: %w", errHeaders, h.Height, err)
		}
	}
	if !next.LastBlockID.Equals(at.Commit.BlockID) {
		return fmt.Errorf("%w: %d does not follow %d", errHeaders, next.Height, at.Height)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.known[d.Height] = p
	return nil
}

// validators computes the sets in force at a height and the two after it, in the engine's own way: what the genesis list
// and the votes on changes of it say, and whose turn it is after so many heights.
func (t *trust) validators(height int64, history []byte) (sets [3]*types.ValidatorSet, err error) {
	lists, err := chain.ParseHistory(history)
	if err != nil {
		return sets, fmt.Errorf("%w: history: %w", errHeaders, err)
	}
	genesis, err := chain.ParseMembers(t.genesis.AppState)
	if err != nil {
		return sets, err
	}
	if lists.At(0).Digest() != genesis.Digest() {
		return sets, fmt.Errorf("%w: history: of another chain than the genesis", errHeaders)
	}
	vals := make([]*types.Validator, len(t.genesis.Validators))
	for i, v := range t.genesis.Validators {
		vals[i] = types.NewValidator(v.PubKey, v.Power)
	}
	set, now := types.NewValidatorSet(vals), lists.At(1)
	for h := int64(1); h <= height+2; h++ {
		if next := lists.At(h); next != now {
			updates, err := types.PB2TM.ValidatorUpdates(ledger.VoterUpdates(now, next))
			if err != nil {
				return sets, err
			}
			if err := set.UpdateWithChangeSet(updates); err != nil {
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
		LastValidators: p.sets[0], Validators: p.sets[1], NextValidators: p.sets[2], LastHeightValidatorsChanged: p.next.Height + 1,
		ConsensusParams: *t.genesis.ConsensusParams, LastHeightConsensusParamsChanged: p.next.Height,
	}, nil
}
