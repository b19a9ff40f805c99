package attempts

import (
	"context"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/limit"
)

// AddressWindow is the window in which log-ins of one address are counted.
const AddressWindow = time.Minute

// DefaultPerAddress is generous because a whole hospital may share one address; it bounds trying
// one password on many names. Guesses at one name are bounded by MaxFailures.
const DefaultPerAddress = 300

// ErrRate: too many log-ins from one address.
var ErrRate = errors.New("attempts: too many log-ins from this address")

// Addresses counts log-ins of addresses, whatever their names.
type Addresses struct {
	Redis *redis.Client
	Box   *keystore.Box
	Max   int // within AddressWindow
}

// countScript counts and sets the window's end in one step: a crash between two commands would
// leave a count that never ends.
var countScript = redis.NewScript(`local n = redis.call("INCR", KEYS[1])
if n == 1 then redis.call("PEXPIRE", KEYS[1], ARGV[1]) end
return {n, redis.call("PTTL", KEYS[1])}`)

// Allow counts a log-in of an address: *RetryError with ErrRate when it had too many, Redis's own
// error when it does not answer.
func (a Addresses) Allow(ctx context.Context, address string) error {
	// The address is personal data (PIPL art. 4): only its blind index is written.
	key := "login:" + a.Box.Index(limit.Network(address), "login.address")
	got, err := countScript.Run(ctx, a.Redis, []string{key}, AddressWindow.Milliseconds()).Int64Slice()
	if err != nil {
		return err
	}
	if got[0] > int64(a.Max) {
		return &RetryError{Reason: ErrRate, After: time.Duration(max(got[1], 0)) * time.Millisecond}
	}
	return nil
}
