using System.Globalization;

namespace Voice.Infrastructure.Database.Rows;

/// <summary>Writes a list of columns, <c>name type, name type</c>, as the parts of a statement need it.</summary>
internal static class Columns
{
    /// <summary>The names alone, each as the format says: <c>r.{0}</c> to select, <c>{0} = v.{0}</c> to set.</summary>
    public static string Names(string columns, string format = "{0}") =>
        string.Join(", ", columns.Split(", ").Select(column => string.Format(CultureInfo.InvariantCulture, format, column.Split(' ')[0])));
}
