// Package redis speaks as much of the Redis protocol (RESP) as the shop needs.
package redis

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"time"
)

// Error is an error that Redis itself reported.
type Error string

func (e Error) Error() string { return "redis: " + string(e) }

// Client sends commands to the server at a "host:port".
type Client string

// Do sends one command and returns the reply: a string, an int64, a []any, or nil for "no such thing".
//
// Every command has a connection of its own. That costs a fraction of a millisecond here, and in
// return a restarted server, a broken connection or a busy goroutine is nobody else's problem.
func (c Client) Do(ctx context.Context, args ...string) (any, error) {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", string(c))
	if err != nil {
		return nil, err
	}
	defer conn.Close()

	deadline, ok := ctx.Deadline()
	if !ok {
		deadline = time.Now().Add(5 * time.Second)
	}
	if err := conn.SetDeadline(deadline); err != nil {
		return nil, err
	}

	// A command is an array of strings, each with its length before it.
	var command strings.Builder
	fmt.Fprintf(&command, "*%d\r\n", len(args))
	for _, arg := range args {
		fmt.Fprintf(&command, "$%d\r\n%s\r\n", len(arg), arg)
	}
	if _, err := io.WriteString(conn, command.String()); err != nil {
		return nil, err
	}
	return readReply(bufio.NewReader(conn))
}

// readReply reads one reply; its first byte says of which kind it is.
func readReply(r *bufio.Reader) (any, error) {
	line, err := r.ReadString('\n')
	if err != nil {
		return nil, err
	}
	line = strings.TrimSuffix(line, "\r\n")
	if line == "" {
		return nil, errors.New("redis: empty reply")
	}

	kind, rest := line[0], line[1:]
	switch kind {
	case '+':
		return rest, nil
	case '-':
		return nil, Error(rest)
	case ':':
		return strconv.ParseInt(rest, 10, 64)
	case '$':
		size, err := strconv.Atoi(rest)
		if err != nil || size < 0 { // -1 stands for nil
			return nil, err
		}
		text := make([]byte, size+len("\r\n"))
		if _, err := io.ReadFull(r, text); err != nil {
			return nil, err
		}
		return string(text[:size]), nil
	case '*':
		count, err := strconv.Atoi(rest)
		if err != nil || count < 0 {
			return nil, err
		}
		items := make([]any, count)
		for i := range items {
			if items[i], err = readReply(r); err != nil {
				return nil, err
			}
		}
		return items, nil
	default:
		return nil, fmt.Errorf("redis: reply of unknown kind %q", kind)
	}
}
