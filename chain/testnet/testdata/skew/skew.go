// This file is laid over the peer's package for a peer whose clock is wrong (binaries_test.go). It
// puts a jump at the beginning of time.Now in the process's own memory, so that everything in it
// has the wrong time and nothing but this file is compiled for that. amd64 only.
package main

import (
	"encoding/binary"
	"log"
	"os"
	"reflect"
	"strconv"
	"syscall"
	"time"
	"unsafe"
)

const secondsShift = 30 // of time.Time's wall, when it holds a monotonic reading too

var (
	began = time.Now()
	ahead uint64 // seconds
)

// wrong is time.Now with a wall clock that is ahead; the monotonic one stays as it is.
func wrong() time.Time {
	t := began.Add(time.Since(began))
	*(*uint64)(unsafe.Pointer(&t)) += ahead << secondsShift
	return t
}

func init() {
	var err error
	if ahead, err = strconv.ParseUint(os.Getenv("TESTNET_CLOCK_OFFSET"), 10, 33); err != nil {
		log.Fatal(err)
	}
	jump := append([]byte{0x48, 0xb8}, make([]byte, 8)...) // MOVQ $wrong, AX
	binary.LittleEndian.PutUint64(jump[2:], uint64(reflect.ValueOf(wrong).Pointer()))
	jump = append(jump, 0xff, 0xe0) // JMP AX
	now, page := reflect.ValueOf(time.Now).Pointer(), uintptr(os.Getpagesize())
	from := now &^ (page - 1)
	size := (now + uintptr(len(jump)) - from + page - 1) &^ (page - 1)
	protect := func(how uintptr) {
		if _, _, no := syscall.Syscall(syscall.SYS_MPROTECT, from, size, how); no != 0 {
			log.Fatalf("mprotect: %v", no)
		}
	}
	protect(syscall.PROT_READ | syscall.PROT_WRITE | syscall.PROT_EXEC)
	copy(unsafe.Slice((*byte)(unsafe.Pointer(now)), len(jump)), jump)
	protect(syscall.PROT_READ | syscall.PROT_EXEC)
	var real syscall.Timeval
	if err := syscall.Gettimeofday(&real); err != nil {
		log.Fatal(err)
	}
	if off := time.Now().Unix() - real.Sec; off < int64(ahead)-1 || off > int64(ahead)+1 {
		log.Fatalf("the clock is %d seconds ahead, not %d", off, ahead)
	}
}
