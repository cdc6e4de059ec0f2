using System.Data.Common;
using Dapper;
using Voice.Application.Webhooks;
using Voice.Infrastructure.Database;

namespace Voice.Infrastructure.Webhooks;

internal sealed class WebhookInbox(DbDataSource database, Dialect dialect) : IWebhookInbox
{
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(1);

    public async Task<InboxPlace> KeepAsync(
        RawCallback callback, ReadCallback content, DateTimeOffset applyBy, CancellationToken cancellationToken)
    {
        const string keep = """
            INSERT INTO webhook_inbox (digest, session_id, received_at, content_type, body, problem, due_at)
            VALUES (@Digest, @SessionId, @ReceivedAt, @ContentType, @Body, @Problem, @DueAt)
            ON CONFLICT (digest) DO NOTHING
            RETURNING inbox_id
            """;
        const string findEarlier = "SELECT inbox_id, applied_at FROM webhook_inbox WHERE digest = @Digest";
        var parameters = new
        {
            content.Digest,
            content.SessionId,
            callback.ReceivedAt,
            callback.ContentType,
            callback.Body,
            Problem = content.Report is null ? string.Join(' ', content.Problems.Select(problem => $"{problem.Key}: {problem.Value}")) : null,
            DueAt = content.Report is null ? null : (DateTimeOffset?)applyBy,
        };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var kept = await connection.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(keep, parameters, cancellationToken: cancellationToken));
        if (kept is { } inboxId) return new InboxPlace(inboxId, IsApplied: false);
        var earlier = await connection.QuerySingleAsync<InboxRow>(new CommandDefinition(findEarlier, parameters, cancellationToken: cancellationToken));
        return new InboxPlace(earlier.InboxId, IsApplied: earlier.AppliedAt is not null);
    }

    public async Task<bool> IsCallBeingPlacedAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        const string sql = "SELECT COUNT(*) FROM voice_recordings WHERE placement IS NULL AND created_at >= @Since";
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(sql, new { Since = since }, cancellationToken: cancellationToken)) > 0;
    }

    public async Task<IReadOnlyList<KeptCallback>> FindUnappliedAsync(string sessionId, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT inbox_id, body, content_type, received_at FROM webhook_inbox
            WHERE session_id = @SessionId AND applied_at IS NULL
            ORDER BY inbox_id
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return Kept(await connection.QueryAsync<InboxRow>(
            new CommandDefinition(sql, new { SessionId = sessionId }, cancellationToken: cancellationToken)));
    }

    public async Task<IReadOnlyList<KeptCallback>> TakeUnappliedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var sql = $"""
            UPDATE webhook_inbox SET due_at = CASE WHEN received_at > @GivenUpBefore THEN @Now + (@Now - received_at) END
            WHERE inbox_id IN (
                SELECT inbox_id FROM webhook_inbox WHERE due_at <= @Now ORDER BY due_at LIMIT @Limit {dialect.SkipLocked})
            RETURNING inbox_id, body, content_type, received_at
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return Kept(await connection.QueryAsync<InboxRow>(new CommandDefinition(
            sql, new { Now = now, GivenUpBefore = now - GivenUpAfter, Limit = limit }, cancellationToken: cancellationToken)));
    }

    private static IReadOnlyList<KeptCallback> Kept(IEnumerable<InboxRow> rows) =>
        [.. rows.OrderBy(row => row.InboxId).Select(row => new KeptCallback(row.InboxId, new RawCallback(row.Body, row.ContentType, row.ReceivedAt)))];

    private sealed class InboxRow
    {
        public long InboxId { get; init; }
        public DateTimeOffset? AppliedAt { get; init; }
        public byte[] Body { get; init; } = [];
        public string ContentType { get; init; } = "";
        public DateTimeOffset ReceivedAt { get; init; }
    }
}
