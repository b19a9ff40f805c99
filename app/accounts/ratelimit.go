package accounts

import (
	"context"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/smart-hospital/hospital/app/accounts/attempts"
	"github.com/smart-hospital/hospital/chain/platform/limit"
)

// AddressWindow is the window in which log-ins of one address are counted; how many it may hold is
// Options.PerAddress.
const AddressWindow = time.Minute

// DefaultPerAddress is generous because a whole hospital may share one address; it bounds trying
// one password on many names. Guesses at one name are bounded by MaxFailures.
const DefaultPerAddress = 300

// countScript counts and sets the window's end in one step: a crash between two commands would
// leave a count that never ends.
var countScript = redis.NewScript(`local n = redis.call("INCR", KEYS[1])
if n == 1 then redis.call("PEXPIRE", KEYS[1], ARGV[1]) end
return {n, redis.call("PTTL", KEYS[1])}`)

// allow counts a log-in of an address: *attempts.RetryError with ErrRate when it had too many.
func (s *Service) allow(ctx context.Context, address string) error {
	// The address is personal data (PIPL art. 4): only its blind index is written.
	key := "login:" + s.box.Index(limit.Network(address), "login.address")
	got, err := countScript.Run(ctx, s.redis, []string{key}, AddressWindow.Milliseconds()).Int64Slice()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	if got[0] > int64(s.perAddress) {
		return &attempts.RetryError{Reason: ErrRate, After: time.Duration(max(got[1], 0)) * time.Millisecond}
	}
	return nil
}
