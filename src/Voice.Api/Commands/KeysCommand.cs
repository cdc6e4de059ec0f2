using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Voice.Application;
using Voice.Application.Access;
using Voice.Infrastructure;

namespace Voice.Api.Commands;

/// <summary><c>keys new|list|revoke</c>: the API keys that are stored. Running instances follow within seconds.</summary>
internal static class KeysCommand
{
    private const int LongestName = 64;

    public static Command Create() => new("keys", "API keys: who may call, and what for.") { New(), List(), Revoke() };

    private static Command New()
    {
        var name = new Argument<string>("name") { Description = "What to call it, such as the caller it is for." };
        name.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not { Length: > 0 and <= LongestName } text || text.Any(char.IsControl))
                result.AddError($"A key's name is 1 to {LongestName} characters on one line.");
        });
        var scopes = new Option<IReadOnlyList<Scope>>("--scope")
        {
            Description = $"What it lets its holder do, with commas between: {Scopes.All.Names()}.",
            Required = true,
            CustomParser = result => ReadScopes(result),
        };
        var command = new Command("new", "Makes a key and shows it, this once.") { name, scopes }.TakingSettings();
        command.SetAction((parsed, cancellationToken) => WithKeysAsync(parsed, async (keys, database, now) =>
        {
            var (secret, key) = ApiKey.New(parsed.GetRequiredValue(name), parsed.GetRequiredValue(scopes), now);
            if (!await keys.AddAsync(key, cancellationToken))
                return Fail($"There is a key {key.Name} already; revoke it, or choose another name.");
            await Console.Error.WriteLineAsync($"Kept in {database}; this is the only time that the key is shown:");
            Console.WriteLine(secret);
            return 0;
        }));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Shows all keys, those that were revoked too, and when each was last used.").TakingSettings();
        command.SetAction((parsed, cancellationToken) => WithKeysAsync(parsed, async (keys, _, _) =>
        {
            Console.WriteLine($"{"id",-16}  {"name",-24}  {"scopes",-25}  {"made",-16}  {"last used",-16}  revoked");
            foreach (var key in await keys.ListAsync(cancellationToken))
                Console.WriteLine($"{key.KeyId,-16}  {key.Name,-24}  {key.Scopes.Names(),-25}  "
                    + $"{Minute(key.CreatedAt),-16}  {Minute(key.LastUsedAt),-16}  {Minute(key.RevokedAt)}");
            return 0;
        }));
        return command;
    }

    private static Command Revoke()
    {
        var name = new Argument<string>("name") { Description = "The key's name or id." };
        var command = new Command("revoke", "Makes a key admit nobody any more.") { name }.TakingSettings();
        command.SetAction((parsed, cancellationToken) => WithKeysAsync(parsed, async (keys, _, now) =>
        {
            var nameOrId = parsed.GetRequiredValue(name);
            return await keys.RevokeAsync(nameOrId, now, cancellationToken) ? 0 : Fail($"No good key has the name or id {nameOrId}.");
        }));
        return command;
    }

    private static IReadOnlyList<Scope> ReadScopes(ArgumentResult result)
    {
        try
        {
            return [.. result.Tokens.SelectMany(token => Scopes.Parse(token.Value)).Distinct()];
        }
        catch (FormatException)
        {
            result.AddError($"A scope is one of {Scopes.All.Names()}.");
            return [];
        }
    }

    private static async Task<int> WithKeysAsync(ParseResult parsed, Func<IApiKeyRepository, string, DateTimeOffset, Task<int>> act)
    {
        await using var app = VoiceService.Compose(parsed.Settings());
        return await act(
            app.Services.GetRequiredService<IApiKeyRepository>(), app.Services.DescribeInfrastructure().Database,
            app.Services.GetRequiredService<TimeProvider>().GetUtcMilliseconds());
    }

    private static int Fail(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return 1;
    }

    private static string Minute(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "-";
}
