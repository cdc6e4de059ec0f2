using System.Text.RegularExpressions;
using Voice.Api.Pages;
using Voice.Application.Events;
using Voice.Application.Jobs;
using Voice.Domain.Contracts;
using Voice.Domain.Recordings;

namespace Voice.UnitTests.Api;

public partial class TextsTests
{
    // Texts that are written elsewhere in English are translated here.
    private static readonly string[] Translations = ["failure.", "error."];

    [Fact]
    public void No_text_is_missing_in_any_language()
    {
        foreach (var language in Texts.Languages)
            Texts.In(language).Keys.Where(IsNoTranslation).Should().BeEquivalentTo(Texts.In("en").Keys.Where(IsNoTranslation), language);

        static bool IsNoTranslation(string key) => !Translations.Any(key.StartsWith);
    }

    [Fact]
    public void A_text_has_the_same_places_for_values_in_every_language()
    {
        foreach (var (key, language) in Texts.In("en").Keys.SelectMany(key => Texts.Languages.Select(language => (key, language))))
            Places().Matches(Texts.In(language)[key]).Select(place => place.Value)
                .Should().Equal(Places().Matches(Texts.In("en")[key]).Select(place => place.Value), $"{key} in {language}");
    }

    [Fact]
    public void Whatever_has_a_name_in_the_api_has_a_text()
    {
        IEnumerable<string> names =
        [
            .. Enum.GetValues<RecordingStatus>().Select(status => $"status.{status.Name()}"),
            .. Enum.GetValues<FailureCode>().Select(code => $"failed.{code.Name()}"),
            .. Enum.GetValues<PartyState>().Select(state => $"party.{state.Name()}"),
            .. Enum.GetValues<AgreementStatus>().Select(status => $"agreement.{status.Name()}"),
            .. Enum.GetValues<Decision>().Select(decision => $"decision.{decision.Name()}"),
            .. Enum.GetValues<DecisionChannel>().Select(channel => $"channel.{channel.Name()}"),
            .. Enum.GetValues<MessageState>().Select(state => $"message.{state.Name()}"),
            .. Enum.GetValues<PartyRole>().Select(role => $"role.{role.Name()}"),
            .. Enum.GetValues<JobStep>().Select(step => $"working.{step.Name()}"),
            .. Enum.GetValues<DeliveryState>().Select(state => $"delivery.{state.Name()}"),
            .. EventTypes.All.Select(type => $"events.family.{type.Split('.')[0]}"),
            .. ContractType.All.Select(type => $"type.{type}"),
            .. typeof(TimelineKind).GetFields().Select(kind => $"kind.{kind.GetRawConstantValue()}"),
        ];

        Texts.In("en").Keys.Should().Contain(names);
        Texts.In("sw").Keys.Should().Contain(Enum.GetValues<FailureCode>().Select(code => $"failure.{code.Name()}"));
    }

    [Fact]
    public void The_pages_use_every_text_and_no_other()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "pages"), "*.cs*", SearchOption.AllDirectories)
            .Select(File.ReadAllText).ToList();
        var asked = pages.SelectMany(page => Asked().Matches(page)).Select(text => text.Groups["key"].Value);
        var named = pages.SelectMany(page => Named().Matches(page)).Select(text => text.Groups["key"].Value).ToHashSet();

        asked.Should().BeSubsetOf(Texts.In("en").Keys);
        Texts.In("en").Keys.Where(key => !named.Contains(key) && !named.Any(name => name.EndsWith('.') && key.StartsWith(name)))
            .Should().BeEmpty("a text that nobody reads is waste");
    }

    [GeneratedRegex(@"\{[0-9]+\}")]
    private static partial Regex Places();

    [GeneratedRegex("""\b(T|texts)\["(?<key>[a-z_.-]+)"[\],]""")]
    private static partial Regex Asked();

    [GeneratedRegex("""
        "(?<key>[a-z_.-]+)["{]
        """)]
    private static partial Regex Named();
}
