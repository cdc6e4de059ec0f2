using System.Globalization;
using System.Reflection;
using System.Text.Json;
using CsvHelper;
using Voice.Application.Contracts;

namespace Voice.Api.Contracts;

/// <summary>A list of contracts as CSV (RFC 4180): the members of the JSON as columns, for spreadsheets.</summary>
internal static class ContractCsv
{
    /// <summary>What callers ask for.</summary>
    public const string MediaType = "text/csv";

    /// <summary>What they get.</summary>
    public const string ContentType = $"{MediaType}; charset=utf-8; header=present";

    private static readonly PropertyInfo[] Columns = typeof(ContractLine).GetProperties();

    /// <summary>The rows, on the first page under their names.</summary>
    public static string Write(IEnumerable<ContractLine> lines, bool isFirst = true)
    {
        using var text = new StringWriter();
        using (var csv = new CsvWriter(text, CultureInfo.InvariantCulture))
        {
            if (isFirst) WriteRow(csv, Columns.Select(column => JsonNamingPolicy.SnakeCaseLower.ConvertName(column.Name)));
            foreach (var line in lines) WriteRow(csv, Columns.Select(column => Cell(column.GetValue(line))));
        }
        return text.ToString();
    }

    private static void WriteRow(CsvWriter csv, IEnumerable<string?> cells)
    {
        foreach (var cell in cells) csv.WriteField(cell);
        csv.NextRecord();
    }

    private static string? Cell(object? value) => value switch
    {
        null => null,
        decimal number => number.ToString("0.############################", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        IEnumerable<PartyBody> parties =>
            Plain(string.Join("; ", parties.Select(party => $"{party.Role} {party.Phone} {party.Name}".Trim()))),
        IEnumerable<string> phones => Plain(string.Join(' ', phones)),
        _ => Plain($"{value}"),
    };

    // What somebody said must not become a formula in whoever's spreadsheet: it is marked as text there, as OWASP has it.
    private static string Plain(string text) =>
        text is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' or '\t' or '\r' or '\n', ..] ? $"'{text}" : text;
}
