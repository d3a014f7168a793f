package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"whentofinetune/calculator"
)

// maxFile is the largest file of answers that is read: a hundred inputs need a thousandth of it.
const maxFile = 1 << 20

// parseSet reads the argument of --set. The value may hold anything, commas and equal signs too.
func parseSet(s string) (calculator.Pair, error) {
	name, value, found := strings.Cut(s, "=")
	if !found || strings.TrimSpace(name) == "" {
		return calculator.Pair{}, fmt.Errorf("--set %q: an answer is written name=value, such as --set monthly_calls=100M", s)
	}
	return calculator.Pair{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value)}, nil
}

// readFile reads a file of answers; - is standard input.
func readFile(name string, in io.Reader) ([]calculator.Pair, error) {
	if name == "-" {
		name = "standard input"
	} else {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("read answers: %w", err)
		}
		defer f.Close()
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	if len(text) > maxFile {
		return nil, fmt.Errorf("%s is over 1 MiB; %s", name, aFile)
	}
	pairs, at, err := readAnswers(text)
	if err != nil {
		line := 1 + bytes.Count(text[:at], []byte("\n"))
		column := at - bytes.LastIndexByte(text[:at], '\n')
		return nil, fmt.Errorf("%s:%d:%d: %w", name, line, column, err)
	}
	return pairs, nil
}

// readAnswers reads one flat JSON object in the order of its members. Numbers keep the digits they were written with, but for
// zeros at their end. at is where reading stopped.
func readAnswers(text []byte) (pairs []calculator.Pair, at int, err error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	fail := func(err error) ([]calculator.Pair, int, error) {
		at := int(d.InputOffset())
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			at = max(at, int(syntax.Offset)-1) // a token tells where it begins, a value how far it was read
			err = fmt.Errorf("this cannot be read as JSON: %w; %s", err, aFile)
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			err = errors.New("the file ends too early; " + aFile)
		}
		return nil, min(at, len(text)), err
	}
	if open, err := d.Token(); err != nil {
		return fail(err)
	} else if open != json.Delim('{') {
		return fail(errors.New("this is no object; " + aFile))
	}
	seen := map[json.Token]bool{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return fail(err)
		}
		if seen[name] {
			return fail(fmt.Errorf("%s is answered twice; keep one", name))
		}
		seen[name] = true
		var value any
		if err := d.Decode(&value); err != nil {
			return fail(err)
		}
		written, err := writtenAs(value)
		if err != nil {
			return fail(fmt.Errorf("%s: %w", name, err))
		}
		pairs = append(pairs, calculator.Pair{Name: name.(string), Value: written})
	}
	if _, err := d.Token(); err != nil {
		return fail(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fail(errors.New("something follows the object; a file holds one object"))
	}
	return pairs, 0, nil
}

// writtenAs turns a JSON value into the text that a form would hold. Null is an answer that is not given.
func writtenAs(value any) (string, error) {
	switch v := value.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case json.Number:
		return plain(v), nil
	case bool:
		return fmt.Sprint(v), nil
	case map[string]any:
		ends := [3]string{}
		for i, key := range [...]string{"low", "likely", "high"} {
			switch end := v[key].(type) {
			case json.Number:
				ends[i] = plain(end)
			case string:
				ends[i] = end
			}
			if ends[i] == "" || len(v) != 3 {
				return "", errors.New(`a range has low, likely and high, such as {"low": 8, "likely": 12, "high": 20}`)
			}
		}
		return strings.Join(ends[:], ".."), nil
	}
	return "", errors.New("an answer is a number, a text, true, false or a range of low, likely and high")
}

// plain is a number without zeros at the end of its fraction: 10.000 is asked about where a person wrote it, and is ten in JSON.
func plain(n json.Number) string {
	text := n.String()
	if !strings.Contains(text, ".") || strings.ContainsAny(text, "eE") {
		return text
	}
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
