using Voice.Domain.Contracts;

namespace Voice.UnitTests.Contracts;

public class SmsReplyTests
{
    private const string Id = "ctr_jq8sfhzjeru7";

    [Theory]
    [InlineData("YES-ctr_jq8sfhzjeru7 606931")]
    [InlineData("YES-ctr_jq8sfhzjeru7 606931.")]
    [InlineData("Agree: YES-ctr_jq8sfhzjeru7 606931")]
    [InlineData("Yes ctr_jq8sfhzjeru7 606931")]
    [InlineData("YES–ctr_jq8sfhzjeru7 606931")]
    [InlineData("YES-ctr_jq8sfhzjeru7-606931")]
    [InlineData("“YES-ctr_jq8sfhzjeru7 606931”")]
    [InlineData("'yes' 'ctrjq8sfhzjeru7' '606931'")]
    [InlineData("YES\u200b-ctr_jq8\u200bsfhzjeru7 606931")]
    [InlineData("YES ctrjq8sfhzjeru7 606 931")]
    [InlineData("YES ctrjq8sfhzjeru7 606-931")]
    [InlineData("YES ctrjq8sfhzjeru7 60 69 31")]
    [InlineData("YES ctr jq8sfhzjeru7 606931")]
    [InlineData("YES ctr-jq8sfhzjeru7 606931")]
    [InlineData("YES ctr§jq8sfhzjeru7 606931")]
    [InlineData("606931 ctrjq8sfhzjeru7 yes")]
    [InlineData("CTRJQ8SFHZJERU7\n606931\nYES!")]
    [InlineData("yesctrjq8sfhzjeru7 606931")]
    [InlineData("YES ctrjq8sfhzjeru7606931")]
    [InlineData("ＹＥＳ ctr_jq8sfhzjeru7 ６０６９３１")]
    [InlineData("Ndiyo ctrjq8sfhzjeru7 606931 asante sana")]
    [InlineData("ndio, ctrjq8sfhzjeru7, 606931")]
    [InlineData("Hello this is Mary, yes I agree to ctrjq8sfhzjeru7, my code is 606931. Call 0712345678")]
    [InlineData("yes ctrjq8sfhzjeru7 606931 yes ctrjq8sfhzjeru7 606931")]
    [InlineData("yes ctrjq8sfhzjeru7 606931 \ud800")]
    [InlineData("yes ctrjq8sfhzjeru7 606931 do not call me")]
    [InlineData("YES ctrjq8sfhzjeru7 606931, don't forget the bags")]
    public void A_yes_is_read_whatever_stands_around_it(string text) =>
        SmsReply.Read(text).Should().Be(new SmsReply(Id, "606931", Decision.Confirmed));

    [Theory]
    [InlineData("NO-ctr_jq8sfhzjeru7 606931")]
    [InlineData("Refuse: NO ctrjq8sfhzjeru7 606931")]
    [InlineData("hapana ctrjq8sfhzjeru7 606931")]
    [InlineData("606931 no! (ctr_jq8sfhzjeru7)")]
    public void So_is_a_no(string text) => SmsReply.Read(text).Should().Be(new SmsReply(Id, "606931", Decision.Rejected));

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("YES")]
    [InlineData("YES 606931")]
    [InlineData("YES ctrjq8sfhzjeru7")]
    [InlineData("ctrjq8sfhzjeru7 606931")]
    [InlineData("Agree: YES ctrjq8sfhzjeru7 606931 Refuse: NO ctrjq8sfhzjeru7 606931")]
    [InlineData("yesterday ctrjq8sfhzjeru7 606931")]
    [InlineData("nobody ctrjq8sfhzjeru7 606931")]
    [InlineData("YES ctrjq8sfhzjeru7 606931 606932")]
    [InlineData("YES ctrjq8sfhzjeru7 60693")]
    [InlineData("YES ctrjq8sfhzjeru7 6069311")]
    [InlineData("YES ctrjq8sfhzjeru7 ctrjq8sfhzjeru8 606931")]
    [InlineData("YES ctrjq8sfhz 606931")]
    [InlineData("not yes ctrjq8sfhzjeru7 606931")]
    [InlineData("I do not say yes ctrjq8sfhzjeru7 606931")]
    [InlineData("I don't say YES-ctrjq8sfhzjeru7 606931")]
    [InlineData("I can’t say yes ctrjq8sfhzjeru7 606931")]
    [InlineData("ctrjq8sfhzjeru7 606931 never yes")]
    [InlineData("si ndiyo ctrjq8sfhzjeru7 606931")]
    [InlineData("bado ctrjq8sfhzjeru7 606931 ndiyo")]
    [InlineData("not no ctrjq8sfhzjeru7 606931")]
    public void What_is_missing_or_told_in_two_ways_is_no_answer(string text) => SmsReply.Read(text).Should().BeNull();

    [Fact]
    public void What_our_own_message_says_to_answer_is_read()
    {
        var contract = ContractIds.New();
        var lines = MessageTexts.Ask("20 bags of cement.", contract, "012345").Split('\n');

        SmsReply.Read(lines.Single(line => line.StartsWith("Agree", StringComparison.Ordinal))).Should()
            .Be(new SmsReply(contract, "012345", Decision.Confirmed));
        SmsReply.Read(lines.Single(line => line.StartsWith("Refuse", StringComparison.Ordinal))).Should()
            .Be(new SmsReply(contract, "012345", Decision.Rejected));
        lines.Should().NotContain(line => line.Contains('_') || line.Contains("012345."));
        MessageTexts.HowToAnswer(contract).Should().Contain(ContractIds.OnPhones(contract)).And.NotContain("_");
    }
}
