using System.Globalization;

namespace ComposeGen.Cli;

/// <summary>
/// How far something is that takes long: a line that is written over where a person sees it, and one at the end everywhere.
/// </summary>
internal sealed class Progress : IDisposable
{
    // In milliseconds; more often, nobody sees it.
    private const long Often = 100;

    private readonly Terminal _terminal;
    private readonly string _what;
    private readonly long _total;
    private readonly long _start = Environment.TickCount64;
    private long _done;
    private long _shown;
    private int _width;
    private bool _isFinished;

    /// <param name="terminal">Where to.</param>
    /// <param name="what">What is done, as in "saving images".</param>
    /// <param name="total">How many bytes there are, about; 0 where that is not known.</param>
    public Progress(Terminal terminal, string what, long total = 0)
    {
        (_terminal, _what, _total) = (terminal, what, total);
        _shown = _start;
        Show(_what);
    }

    /// <summary>So many bytes more are done.</summary>
    public void Add(long bytes)
    {
        _done += bytes;
        if (Environment.TickCount64 - _shown >= Often)
        {
            _shown = Environment.TickCount64;
            Show(_total > 0 ? $"{_what}: {Size(_done)} of about {Size(Math.Max(_total, _done))}" : $"{_what}: {Size(_done)}");
        }
    }

    /// <summary>It was done.</summary>
    public void Finish()
    {
        _isFinished = true;
        Clear();
        var seconds = (Environment.TickCount64 - _start) / 1000.0;
        _terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_what}: {Size(_done)} in {seconds:0.0} s"));
    }

    public void Dispose()
    {
        if (!_isFinished)
        {
            Clear();
        }
    }

    /// <summary>Bytes as people read them: <c>812 kB</c>, <c>1.3 GB</c>.</summary>
    public static string Size(long bytes) =>
        bytes switch
        {
            < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{(bytes + 999) / 1000} kB"),
            < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB"),
        };

    private void Show(string line)
    {
        if (_terminal.IsWatched)
        {
            _terminal.Error.Write($"\r{line.PadRight(_width)}");
            _terminal.Error.Flush();
            _width = line.Length;
        }
    }

    private void Clear()
    {
        if (_terminal.IsWatched)
        {
            _terminal.Error.Write($"\r{new string(' ', _width)}\r");
        }
    }
}
