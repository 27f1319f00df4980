using System.Text;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>A text file of the workspace: its path relative to the workspace (with <c>/</c>) and its text, without a byte order mark.</summary>
internal sealed record SourceText(string File, string Text)
{
    // Made when the first place is asked for: a file may have a place a line.
    private int[]? _lineStarts;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>
    /// Decodes UTF-8, with or without a byte order mark. Null and a diagnostic where the bytes are not UTF-8 (an editor or
    /// a shell saved UTF-16) or hold a control character that neither YAML nor a terminal should be given.
    /// </summary>
    public static SourceText? Decode(string file, ReadOnlySpan<byte> bytes, DiagnosticBag bag)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            bytes = bytes[3..];
        }

        string text;
        try
        {
            text = Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            var before = Encoding.UTF8.GetString(bytes[..Math.Max(0, e.Index)]);
            bag.Add(Errors.NotUtf8(new SourceText(file, before).At(before.Length, 1)));
            return null;
        }

        var source = new SourceText(file, text);
        var control = text.AsSpan().IndexOfAny(ControlCharacters);
        if (control >= 0)
        {
            bag.Add(Errors.ControlCharacter(source.At(control, 1), text[control]));
            return null;
        }

        return source;
    }

    /// <summary>The place of a character of the text (zero-based index).</summary>
    public SourceSpan At(int index, int length)
    {
        _lineStarts ??= Starts(Text);
        var found = Array.BinarySearch(_lineStarts, index);
        var line = found >= 0 ? found : ~found - 1;
        return new SourceSpan(File, line + 1, index - _lineStarts[line] + 1, length);
    }

    private static int[] Starts(string text)
    {
        var starts = new List<int> { 0 };
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1))
        {
            starts.Add(at + 1);
        }

        return [.. starts];
    }

    // YAML 1.2, chapter 5.1: everything below a blank but tab, line feed and carriage return; DEL; and C1 but next line.
    private static readonly System.Buffers.SearchValues<char> ControlCharacters = System.Buffers.SearchValues.Create([
        .. Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\u0085')),
    ]);
}
