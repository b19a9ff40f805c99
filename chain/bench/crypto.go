package bench

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/smart-hospital/hospital/chain"
)

// Crypto are operations per second, message hashing included, on a record's statement.
type Crypto struct {
	SM2Verify    float64 `json:"sm2VerifyPerSecond"`        // on all cores
	SM2VerifyOne float64 `json:"sm2VerifyPerSecondOneCore"` // by one goroutine
	// on all cores, with the check of every signature that gm makes
	SM2Sign      float64 `json:"sm2SignPerSecond"`
	P256Verify   float64 `json:"p256VerifyPerSecond"`  // Go's own, on all cores
	VerifyVsP256 float64 `json:"sm2VerifyTimesP256"`   // time of an SM2 verification over that of a P-256 one
	CPU          float64 `json:"sm2CpuMicrosPerCheck"` // of verifying one signature; 0: unknown
}

const (
	cryptoSlices     = 4  // the operations take turns, so that a disturbance meets all of them
	cryptoShare      = 16 // a slice is a sixteenth of a case's time, all of them together are one case
	cryptoCheckEvery = 16 // operations between looks at the clock
)

var errP256 = errors.New("bench: P-256 refused its own signature")

func measureCrypto(ctx context.Context, w *ward, d time.Duration) (Crypto, error) {
	key, message := w.people[chain.RoleDoctor].key, w.statements("crypto")[0].Bytes()
	sig, err := key.Sign(message)
	if err != nil {
		return Crypto{}, err
	}
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return Crypto{}, fmt.Errorf("bench: P-256: %w", err)
	}
	digest := sha256.Sum256(message)
	p256Sig, err := ecdsa.SignASN1(rand.Reader, p256, digest[:])
	if err != nil {
		return Crypto{}, fmt.Errorf("bench: P-256: %w", err)
	}
	verify := func() error { return key.Public().Verify(message, sig) }
	c, cores := Crypto{}, runtime.GOMAXPROCS(0)
	var cpu time.Duration
	var verified float64
	for range cryptoSlices {
		for _, op := range []struct {
			into    *float64
			workers int
			do      func() error
		}{
			{&c.SM2Verify, cores, verify},
			{&c.P256Verify, cores, func() error {
				digest := sha256.Sum256(message)
				if !ecdsa.VerifyASN1(&p256.PublicKey, digest[:], p256Sig) {
					return errP256
				}
				return nil
			}},
			{&c.SM2VerifyOne, 1, verify},
			{&c.SM2Sign, cores, func() error { _, err := key.Sign(message); return err }},
		} {
			before := cpuTime()
			rate, count, err := rate(ctx, op.workers, d/cryptoShare, op.do)
			if err != nil {
				return Crypto{}, err
			}
			*op.into += rate / cryptoSlices
			if op.into == &c.SM2Verify {
				cpu, verified = cpu+cpuTime()-before, verified+count
			}
		}
	}
	c.CPU = float64(cpu.Microseconds()) / verified
	c.VerifyVsP256 = c.P256Verify / c.SM2Verify
	return c, nil
}

// rate is how often per second the workers together do something, and how often they did.
func rate(ctx context.Context, workers int, d time.Duration, do func() error) (perSecond, sum float64, err error) {
	counts, errs := make([]float64, workers), make([]error, workers)
	begin := time.Now()
	var wg sync.WaitGroup
	for i := range workers {
		wg.Go(func() {
			for errs[i] == nil && ctx.Err() == nil && time.Since(begin) < d {
				for range cryptoCheckEvery {
					errs[i] = errors.Join(errs[i], do())
				}
				counts[i] += cryptoCheckEvery
			}
		})
	}
	wg.Wait()
	elapsed := time.Since(begin).Seconds()
	for _, n := range counts {
		sum += n
	}
	return sum / elapsed, sum, errors.Join(ctx.Err(), errors.Join(errs...))
}
