using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using Voice.Application;
using Voice.Application.Access;
using Voice.Infrastructure.Database;

namespace Voice.Infrastructure.Access;

internal sealed class SigningSecret(DbDataSource database, TimeProvider clock) : ISigningSecret
{
    private const string Name = "read tokens";
    private volatile byte[]? _known; // It never changes.

    public ValueTask<byte[]> GetAsync(CancellationToken cancellationToken) =>
        _known is { } known ? ValueTask.FromResult(known) : new(FindAsync(cancellationToken));

    private async Task<byte[]> FindAsync(CancellationToken cancellationToken)
    {
        const string find = "SELECT secret FROM service_secrets WHERE name = @Name";
        const string make = "INSERT INTO service_secrets (name, secret, created_at) VALUES (@Name, @New, @Now) ON CONFLICT DO NOTHING";
        var parameters = new { Name, New = RandomNumberGenerator.GetBytes(32), Now = clock.GetUtcMilliseconds() };
        var secret = await database.ReadAsync(async connection =>
        {
            await connection.ExecuteAsync(new CommandDefinition(make, parameters, cancellationToken: cancellationToken));
            return await connection.QuerySingleAsync<byte[]>(new CommandDefinition(find, parameters, cancellationToken: cancellationToken));
        }, cancellationToken);
        _known = secret;
        return secret;
    }
}
