package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/site"
)

func schemaCommand(out io.Writer) *cobra.Command {
	return &cobra.Command{
		Use:   "schema page|site",
		Short: "Print the JSON Schema of a page's front matter, or of site.yaml, for editors",
		Args:  one("word", "guide schema page, or guide schema site"),
		RunE: func(_ *cobra.Command, args []string) error {
			switch args[0] {
			case "page":
				return printSchema(out, args[0], page.Keys, pageKinds)
			case "site":
				return printSchema(out, args[0], site.ConfigKeys, siteKinds)
			}
			return fmt.Errorf("there is no schema %s; write page or site", args[0])
		},
	}
}

type kind = map[string]any

var (
	textKind    = kind{"type": "string"}
	integerKind = kind{"type": "integer"}
	dayKind     = kind{"type": "string", "pattern": `^\d{4}-\d{2}-\d{2}$`}

	pageKinds = map[string]kind{"order": integerKind, "weight": integerKind, "draft": {"type": "boolean"}, "reviewed": dayKind, "date": dayKind,
		"aliases": {"type": "array", "items": textKind}, "layout": {"enum": page.Layouts},
		"keywords": {"type": "array", "items": textKind}}
	siteKinds = map[string]kind{"base": {"type": "string", "format": "uri"}, "edit": {"type": "string", "format": "uri"}, "source": {"type": "string", "format": "uri"}, "raw_html": {"type": "boolean"}, "offline": {"type": "boolean"},
		"menu":   {"type": "object", "additionalProperties": textKind},
		"limits": {"type": "object", "properties": kind{"page": integerKind, "output": integerKind, "depth": integerKind, "work": integerKind}, "additionalProperties": false}}
)

// printSchema prints a schema with the keys that the reader knows; one that kinds does not name is a text.
func printSchema(out io.Writer, title string, keys []string, kinds map[string]kind) error {
	properties := kind{}
	for _, k := range keys {
		properties[k] = textKind
		if is, ok := kinds[k]; ok {
			properties[k] = is
		}
	}
	data, err := json.MarshalIndent(kind{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, "type": "object", "properties": properties, "additionalProperties": false}, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s\n", data)
	return err
}
