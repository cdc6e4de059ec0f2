using System.Net;
using Voice.Application.Confirmations;
using Voice.Domain.Contracts;
using Voice.Infrastructure.AfricasTalking;

namespace Voice.UnitTests.AfricasTalking;

public class AfricasTalkingSmsTests
{
    [Theory]
    [InlineData(100, MessageState.Accepted)]
    [InlineData(101, MessageState.Accepted)]
    [InlineData(102, MessageState.Accepted)]
    [InlineData(401, MessageState.Refused)]
    [InlineData(403, MessageState.Refused)]
    [InlineData(405, MessageState.Refused)]
    [InlineData(500, MessageState.Waiting)]
    [InlineData(502, MessageState.Waiting)]
    public void What_counts_is_the_recipients_own_code_whatever_the_status(int code, MessageState outcome) =>
        AfricasTalkingSms.Read(HttpStatusCode.Created, $$$"""
            {"SMSMessageData":{"Message":"Sent to 1/1",
            "Recipients":[{"statusCode":{{{code}}},"number":"+254712345678","status":"said"}]}}
            """)
            .Should().Be(new TextMessageAnswer(outcome, "said"));

    [Theory]
    [InlineData(201, """{"SMSMessageData":{"Message":"InvalidSenderId","Recipients":[]}}""", MessageState.Refused)]
    [InlineData(401, "The supplied authentication is invalid", MessageState.Refused)]
    [InlineData(201, "<html>", MessageState.Unknown)]
    [InlineData(201, "{}", MessageState.Unknown)]
    [InlineData(500, "", MessageState.Unknown)]
    [InlineData(201, "null", MessageState.Unknown)]
    [InlineData(201, """{"SMSMessageData":7}""", MessageState.Unknown)]
    [InlineData(201, """{"SMSMessageData":{"Recipients":{}}}""", MessageState.Unknown)]
    [InlineData(201, """{"SMSMessageData":{"Recipients":[7]}}""", MessageState.Unknown)]
    [InlineData(201, """{"SMSMessageData":{"Recipients":[{"statusCode":99999999999}]}}""", MessageState.Unknown)]
    [InlineData(201, """{"SMSMessageData":{"Recipients":[{"statusCode":{}}]}}""", MessageState.Unknown)]
    [InlineData(201, """{"SMSMessageData":{"Message":"\ud800","Recipients":[]}}""", MessageState.Refused)]
    public void An_answer_without_a_recipient_is_no_acceptance(int status, string body, MessageState outcome) =>
        AfricasTalkingSms.Read((HttpStatusCode)status, body).State.Should().Be(outcome);

    [Theory]
    [InlineData("101")]
    [InlineData("\"101\"")]
    public void An_accepted_message_is_accepted_however_odd_its_words(string code) =>
        AfricasTalkingSms.Read(
            HttpStatusCode.Created, $$$"""{"SMSMessageData":{"Recipients":[{"statusCode":{{{code}}},"status":"\ud800","x":"\u0000"}]}}""")
            .State.Should().Be(MessageState.Accepted);
}
