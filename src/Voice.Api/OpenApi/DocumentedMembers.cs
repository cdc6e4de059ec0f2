using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FluentValidation;
using FluentValidation.Validators;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Voice.Application;

namespace Voice.Api.OpenApi;

/// <summary>
/// What the document says of members, read off the rules that the service itself goes by: what a request must have and in which bounds is
/// what its validator asks for; an answer has every member that the serializer never leaves out.
/// </summary>
internal sealed class DocumentedMembers(IServiceProvider services) : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema described) return;
        if (context.MemberInfo is PropertyInfo member) DescribeMember(described, member);
        else if (described.Properties is { Count: > 0 }) DescribeBody(described, context.Type);
    }

    private void DescribeMember(OpenApiSchema schema, PropertyInfo member)
    {
        if (member.PropertyType == typeof(string) && member.Name.EndsWith("Url", StringComparison.Ordinal)) schema.Format = "uri";
        foreach (var rule in RulesOf(member))
        {
            var isOfEach = IsList(member.PropertyType) && !IsList(rule.TypeToValidate);
            var target = isOfEach ? schema.Items as OpenApiSchema : schema;
            if (target is null) continue; // A body of its own, with rules of its own.
            foreach (var validator in rule.Components.Select(component => component.Validator)) Describe(target, validator, rule);
        }
        if (member.GetCustomAttribute<OneOfAttribute>() is { } oneOf) schema.Enum = Words(oneOf.Words);
        if (schema is { Enum: { } words, Type: { } type } && type.HasFlag(JsonSchemaType.Null)) words.Add(JsonNullSentinel.JsonNull);
    }

    private static void Describe(OpenApiSchema schema, IPropertyValidator validator, IValidationRule rule)
    {
        switch (validator)
        {
            case INotNullValidator:
                schema.Type &= ~JsonSchemaType.Null;
                break;
            case ILengthValidator length when IsList(rule.TypeToValidate):
                schema.MinItems = length.Min;
                schema.MaxItems = length.Max == int.MaxValue ? null : length.Max;
                break;
            case ILengthValidator length:
                schema.MinLength = length.Min == 0 ? null : length.Min;
                schema.MaxLength = length.Max;
                break;
            case IBetweenValidator bounds:
                schema.Minimum = $"{bounds.From}";
                schema.Maximum = $"{bounds.To}";
                break;
            case IWordValidator oneOf:
                schema.Enum = Words(oneOf.Words);
                break;
            case IRegularExpressionValidator form:
                schema.Pattern = form.Expression;
                break;
        }
    }

    private void DescribeBody(OpenApiSchema schema, Type type)
    {
        if (schema.AdditionalProperties is null) schema.AdditionalPropertiesAllowed = true; // Whoever reads it lets others grow.
        var isRequest = ValidatorOf(type) is not null;
        schema.Required = new HashSet<string>();
        foreach (var property in JsonRules.Options.GetTypeInfo(type).Properties)
        {
            if (!schema.Properties!.TryGetValue(property.Name, out var member)) continue;
            if (isRequest ? IsAskedFor(property) : !IsLeftOut(property)) schema.Required.Add(property.Name);
            else if (!isRequest && member is OpenApiSchema absent) absent.Type &= ~JsonSchemaType.Null; // It is that, never null.
            if (member is OpenApiSchema { AllOf: [var body], Type: JsonSchemaType.Null } either)
                (either.AllOf, either.OneOf, either.Type) = (null, [body, Nothing()], null);
        }
    }

    // A body is never null itself, so that null is another choice beside it.
    private static OpenApiSchema Nothing() => new()
    {
        Type = JsonSchemaType.Object | JsonSchemaType.Null,
        Enum = [JsonNullSentinel.JsonNull],
    };

    private bool IsAskedFor(JsonPropertyInfo property) => property.AttributeProvider is PropertyInfo member
        && RulesOf(member).Any(rule => IsList(rule.TypeToValidate) == IsList(member.PropertyType)
            && rule.Components.Any(component => component.Validator is INotNullValidator));

    private static bool IsLeftOut(JsonPropertyInfo property) =>
        property.ShouldSerialize is not null || property.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: true) == true;

    // Those of the request itself, and those that it has from what it extends.
    private IEnumerable<IValidationRule> RulesOf(PropertyInfo member) => new[] { member.ReflectedType!, member.DeclaringType! }.Distinct()
        .SelectMany(type => ValidatorOf(type)?.CreateDescriptor().Rules ?? [])
        .SelectMany(rule => rule.DependentRules?.Prepend(rule) ?? [rule])
        .Where(rule => rule.Member?.Name == member.Name);

    private static List<JsonNode> Words(IEnumerable<string> words) => [.. words.Select(word => JsonValue.Create(word))];

    private IValidator? ValidatorOf(Type type) => (IValidator?)services.GetService(typeof(IValidator<>).MakeGenericType(type));

    private static bool IsList(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable));
}
