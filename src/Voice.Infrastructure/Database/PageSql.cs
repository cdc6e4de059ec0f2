using Dapper;
using Voice.Application;

namespace Voice.Infrastructure.Database;

/// <summary>The statement for a page of a list, newest first, read along an index that has the time and the id.</summary>
/// <param name="filter">Which page.</param>
/// <param name="createdAt">The column with the time.</param>
/// <param name="id">The column with the id.</param>
/// <param name="phone">The column with a party's number, which is asked for only where a party is.</param>
internal sealed class PageSql(PageFilter filter, string createdAt, string id, string phone)
{
    private readonly string[] _conditions =
    [
        .. filter.Party is null ? (string[])[] : [$"{phone} = @Party"],
        .. filter.CreatedAfter is null ? (string[])[] : [$"{createdAt} > @CreatedAfter"],
        .. filter.CreatedBefore is null ? (string[])[] : [$"{createdAt} < @CreatedBefore"],
        .. filter.After is null ? (string[])[] : [$"({createdAt}, {id}) < (@AfterCreatedAt, @AfterId)"],
    ];

    /// <summary>What the statement's parameters stand for; the list adds its own.</summary>
    public DynamicParameters Parameters { get; } = new(new
    {
        Party = filter.Party?.Value,
        filter.CreatedAfter,
        filter.CreatedBefore,
        AfterCreatedAt = filter.After?.CreatedAt,
        AfterId = filter.After?.Id,
    });

    /// <summary>The statement.</summary>
    /// <param name="columns">What to read.</param>
    /// <param name="table">Of what.</param>
    /// <param name="conditions">The list's own conditions.</param>
    /// <param name="orderedBy">A column that grows as the time does, where the index has that; null: the time.</param>
    // The limit is written out, because a plan that does not know it might sort.
    public string Select(string columns, string table, IEnumerable<string> conditions, string? orderedBy = null)
    {
        var all = string.Join(" AND ", _conditions.Concat(conditions));
        return $"""
            SELECT {columns}
            FROM {table}
            {(all.Length == 0 ? "" : $"WHERE {all}")}
            ORDER BY {orderedBy ?? createdAt} DESC, {id} DESC
            LIMIT {filter.Limit}
            """;
    }
}
