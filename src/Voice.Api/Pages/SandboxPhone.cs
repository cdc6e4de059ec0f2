using System.Globalization;
using System.Text.RegularExpressions;
using Voice.Application.Contracts;
using Voice.Domain.Contracts;
using Voice.Infrastructure.AfricasTalking.Sandbox;

namespace Voice.Api.Pages;

/// <summary>A phone of the sandbox: its messages and, where one asks for an answer, what can be answered.</summary>
/// <param name="Number">E.164.</param>
/// <param name="Name">Whose it is, if that is known.</param>
/// <param name="Messages">What it has received and sent, oldest first.</param>
/// <param name="Answers">Texts to answer with, by what they mean: yes, no, wrong.</param>
internal sealed partial record SandboxPhone(
    string Number, string? Name, IReadOnlyList<SandboxMessage> Messages, IReadOnlyDictionary<string, string> Answers)
{
    /// <summary>The phone as far as one contract is concerned; once that is decided, there is nothing to answer.</summary>
    public static SandboxPhone Of(string number, string? name, ContractBody contract, ISandbox sandbox)
    {
        var id = ContractIds.OnPhones(contract.ContractId);
        var phone = Of(number, name, [.. sandbox.Talk(number).Where(message => message.Text.Contains(id, StringComparison.Ordinal))]);
        return contract.Status == AgreementStatus.Pending.Name() ? phone : phone with { Answers = new Dictionary<string, string>() };
    }

    /// <summary>The whole phone.</summary>
    public static SandboxPhone Of(string number, string? name, IReadOnlyList<SandboxMessage> messages)
    {
        var asked = messages.Where(message => message.From is null)
            .Select(message => (Id: Id().Match(message.Text).Value, Code: Code().Match(message.Text).Value))
            .LastOrDefault(asked => asked is { Id.Length: > 0, Code.Length: > 0 });
        return new(number, name, messages, asked.Code is null ? new Dictionary<string, string>() : new()
        {
            ["yes"] = $"YES {asked.Id} {asked.Code}",
            ["no"] = $"NO {asked.Id} {asked.Code}",
            ["wrong"] = $"YES {asked.Id} {Other(asked.Code)}",
        });
    }

    private static string Other(string code) =>
        ((int.Parse(code, CultureInfo.InvariantCulture) + 1) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\bctr[a-z0-9]{12}\b")]
    private static partial Regex Id();

    [GeneratedRegex(@"(?<=\s)[0-9]{6}(?=\s|$)")]
    private static partial Regex Code();
}
