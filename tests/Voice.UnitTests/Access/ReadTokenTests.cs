using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Voice.Application.Access;

namespace Voice.UnitTests.Access;

public class ReadTokenTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];
    private static readonly ReadToken Token = new(Readable.Recording, "conf_1-a_B", DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));

    [Theory]
    [InlineData(Readable.Recording, "conf_1")]
    [InlineData(Readable.Contract, "ctr_jq8sfhzjeru7")]
    [InlineData(Readable.Contract, "0123456789012345678901234567890123456789012345678901234567890123")]
    public void What_is_signed_reads_the_same_and_can_stand_in_an_address(Readable kind, string id)
    {
        var token = Token with { Kind = kind, Id = id };

        var text = token.Sign(Secret);

        ReadToken.Read(text, Secret).Should().Be(token);
        Uri.EscapeDataString(text).Should().Be(text);
    }

    [Property]
    public bool Whoever_changes_a_character_has_no_token(NonNegativeInt at, char other)
    {
        var text = Token.Sign(Secret).ToCharArray();
        var place = at.Get % text.Length;
        var isChange = text[place] != other;
        text[place] = other;

        return ReadToken.Read(new string(text), Secret) is null == isChange;
    }

    [Property]
    public bool Whoever_does_not_know_the_secret_has_no_token(byte[] other) =>
        other.SequenceEqual(Secret) || ReadToken.Read(Token.Sign(other), Secret) is null;

    [Property]
    public bool Any_text_is_no_token(string? text) => ReadToken.Read(text ?? "", Secret) is null;

    [Fact]
    public void Cut_lengthened_and_joined_tokens_are_none()
    {
        var text = Token.Sign(Secret);

        var words = text.Split('.')[0];
        foreach (var other in new[] { text[..^1], text + "A", text + ".", "." + text, text + text, words, words + "." })
            ReadToken.Read(other, Secret).Should().BeNull(other);
    }
}
