package redis

import (
	"bufio"
	"reflect"
	"strings"
	"testing"
)

func TestReadReply(t *testing.T) {
	for reply, want := range map[string]any{
		"+PONG\r\n":                      "PONG",
		":42\r\n":                        int64(42),
		"$5\r\na\r\nbc\r\n":              "a\r\nbc",
		"$0\r\n\r\n":                     "",
		"$-1\r\n":                        nil,
		"*-1\r\n":                        nil,
		"*2\r\n$3\r\ntea\r\n$1\r\n7\r\n": []any{"tea", "7"},
		"*2\r\n:1\r\n*1\r\n+nested\r\n":  []any{int64(1), []any{"nested"}},
	} {
		got, err := readReply(bufio.NewReader(strings.NewReader(reply)))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got %#v, %v, want %#v", reply, got, err, want)
		}
	}
}

func TestReadReplyErrors(t *testing.T) {
	for _, reply := range []string{"", "\r\n", "-LOADING wait\r\n", ":x\r\n", "$9\r\nshort\r\n", "*2\r\n:1\r\n", "?\r\n"} {
		if got, err := readReply(bufio.NewReader(strings.NewReader(reply))); err == nil {
			t.Errorf("%q: got %#v and no error", reply, got)
		}
	}
}
